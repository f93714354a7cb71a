// The timeline of sessions; the table below it holds the same plan without JavaScript.
(function () {
  "use strict";
  var place = document.querySelector("[data-timeline]");
  if (!place || !window.EventCalendar) return;

  // The parts of the calendar claim roles of a table that they do not keep; it is a group of links.
  function name() {
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", place.dataset.label);
    place.querySelectorAll("*").forEach(function (part) {
      ["role", "aria-colindex", "aria-rowindex", "aria-colcount", "aria-rowcount"].forEach(function (claim) {
        part.removeAttribute(claim);
      });
    });
    [["prev", "earlier"], ["next", "later"]].forEach(function (pair) {
      var button = place.querySelector(".ec-" + pair[0]);
      if (button) button.setAttribute("aria-label", place.dataset[pair[1]]);
    });
  }

  // A month begins before its first session does.
  function reveal() {
    var first = place.querySelector(".ec-event");
    var box = first && first.parentElement;
    while (box && box !== document.body && box.scrollWidth <= box.clientWidth) box = box.parentElement;
    if (!box || box === document.body) return;
    box.scrollLeft += first.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth / 2;
  }

  function later() {
    window.requestAnimationFrame(function () {
      name();
      reveal();
    });
  }

  var editor = window.hrplanEditor;
  var calendar = null;
  var held = "";

  // While a session, or a module without one, is held, the days on which it cannot begin are greyed.
  function grey(session, isNew) {
    editor.blocked(session, isNew).then(function (found) {
      if (!found || !held) return;
      var view = calendar.getView();
      var days = [];
      for (var at = view.currentStart.toISOString().slice(0, 10); days.length < 62 && at <= view.currentEnd.toISOString().slice(0, 10); at = editor.day(at, 1)) {
        days.push(at);
      }
      calendar.setOption(
        "highlightedDates",
        days.filter(function (at) {
          return editor.judged(found, at);
        })
      );
    });
  }

  function release() {
    held = "";
    mark(null);
    calendar.setOption("highlightedDates", []);
  }

  function written(date) {
    return [date.getFullYear(), ("0" + (date.getMonth() + 1)).slice(-2), ("0" + date.getDate()).slice(-2)].join("-");
  }

  // What a row stands for: a venue or a trainer is wished for with the day.
  function wished(row) {
    var wish = {};
    if (row && row.extendedProps.venue) wish.venue = row.extendedProps.venue;
    if (row && row.extendedProps.trainer) wish.trainer = row.extendedProps.trainer;
    return wish;
  }

  function dropped(info) {
    var changed = info.newResource && info.newResource.id !== info.oldResource.id;
    editor.ask(info.event.extendedProps.session, written(info.event.start), wished(changed && info.newResource), info.revert);
  }

  // A module without a date is carried in from the list above, onto a day of a row.
  function mark(event) {
    var days = event ? document.elementsFromPoint(event.clientX, event.clientY) : [];
    var under = days.find(function (part) {
      return part.classList.contains("ec-day");
    });
    place.querySelectorAll("[data-under]").forEach(function (part) {
      if (part !== under) part.removeAttribute("data-under");
    });
    if (under) under.setAttribute("data-under", "");
  }

  // Days lie hidden under the titles of the rows.
  function onto(event) {
    if (!held || event.target.closest(".ec-sidebar")) return null;
    return calendar.dateFromPoint(event.clientX, event.clientY);
  }

  function carry() {
    document.addEventListener("dragstart", function (event) {
      var item = event.target.closest && event.target.closest("[data-place]");
      if (!item) return;
      held = item.dataset.place;
      grey(held, true);
    });
    place.addEventListener("dragover", function (event) {
      var there = onto(event);
      if (there) event.preventDefault();
      mark(there && event);
    });
    place.addEventListener("drop", function (event) {
      var there = onto(event);
      if (!there) return;
      event.preventDefault();
      editor.ask(held, written(there.date), wished(there.resource), null, true);
    });
    document.addEventListener("dragend", release);
  }

  function show(plan) {
    place.hidden = false;
    calendar = window.EventCalendar.create(place, {
      view: "resourceTimelineMonth",
      date: place.dataset.first,
      locale: document.documentElement.lang,
      firstDay: 1,
      resources: plan.resources,
      events: plan.events,
      headerToolbar: { start: "title", center: "", end: "today prev,next" },
      buttonText: { today: place.dataset.today },
      columnWidth: "6.5em",
      editable: false,
      eventStartEditable: Boolean(editor),
      eventDurationEditable: false,
      eventMouseEnter: function (info) {
        if (editor && info.event.startEditable) editor.blocked(info.event.extendedProps.session);
      },
      eventDragStart: function (info) {
        held = String(info.event.extendedProps.session);
        grey(held);
      },
      eventDragStop: release,
      eventDrop: dropped,
      eventContent: function (info) {
        return info.event.title;
      },
      datesSet: later,
      eventAllUpdated: later,
      eventClick: function (info) {
        window.location.assign(info.event.extendedProps.url);
      },
    });
    if (editor) carry();
  }

  fetch(place.dataset.timeline, { headers: { Accept: "application/json" } })
    .then(function (answer) {
      if (answer.ok) return answer.json();
    })
    .then(function (plan) {
      if (plan && plan.resources.length) show(plan);
    });
})();
