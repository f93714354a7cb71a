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

  // While a session is held, the days on which it cannot begin are greyed.
  function grey(session) {
    editor.blocked(session).then(function (found) {
      if (!found) return;
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

  function dropped(info) {
    var row = info.newResource && info.newResource.id !== info.oldResource.id ? info.newResource.extendedProps : {};
    var wish = {};
    if (row.venue) wish.venue = row.venue;
    if (row.trainer) wish.trainer = row.trainer;
    var start = info.event.start;
    var date = [start.getFullYear(), ("0" + (start.getMonth() + 1)).slice(-2), ("0" + start.getDate()).slice(-2)].join("-");
    editor.ask(info.event.extendedProps.session, date, wish, info.revert);
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
        grey(info.event.extendedProps.session);
      },
      eventDragStop: function () {
        calendar.setOption("highlightedDates", []);
      },
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
  }

  fetch(place.dataset.timeline, { headers: { Accept: "application/json" } })
    .then(function (answer) {
      if (answer.ok) return answer.json();
    })
    .then(function (plan) {
      if (plan && plan.resources.length) show(plan);
    });
})();
