// The timeline of sessions; the table below it holds the same plan without JavaScript.
(function () {
  "use strict";
  var place = document.querySelector("[data-timeline]");
  if (!place || !window.EventCalendar) return;

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
      slotWidth: 34,
      editable: false,
      eventStartEditable: false,
      eventDurationEditable: false,
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
