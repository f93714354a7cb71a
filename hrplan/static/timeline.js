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

  function show(plan) {
    place.hidden = false;
    window.EventCalendar.create(place, {
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
      eventStartEditable: false,
      eventDurationEditable: false,
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
