// Sessions dragged to other days; the form on each session's page does the same without it.
(function () {
  "use strict";
  var editor = document.querySelector("[data-editor]");
  var dialog = document.querySelector("[data-move-dialog]");
  if (!editor || !dialog) return;
  var known = {};
  var putBack = null;

  function at(pattern, session) {
    return pattern.replace("/0/", "/" + session + "/");
  }

  // The days on which a session, or a module that has none, cannot begin, asked for once.
  function blocked(session, isNew) {
    var address = at(isNew ? editor.dataset.newBlocked : editor.dataset.blocked, session);
    known[address] =
      known[address] ||
      fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": editor.dataset.token },
        body: "{}",
      }).then(function (answer) {
        return answer.ok ? answer.json() : null;
      });
    return known[address];
  }

  function day(date, more) {
    var moved = new Date(date + "T00:00:00Z");
    moved.setUTCDate(moved.getUTCDate() + (more || 0));
    return moved.toISOString().slice(0, 10);
  }

  // Why a session cannot begin on a day: nothing where it can, "closed" where no repair helps.
  function judged(found, date) {
    if (date < found.first || date > found.last) return "closed";
    var rules = found.days[date];
    if (!rules) return "";
    var never = rules.some(function (rule) {
      return found.closed.indexOf(rule) >= 0;
    });
    return never ? "closed" : "crowded";
  }

  function close() {
    if (dialog.open) dialog.close();
  }

  // Say what the new day would do; back is called unless the session is moved.
  function ask(session, date, extra, back, isNew) {
    var address = at(isNew ? editor.dataset.newMove : editor.dataset.move, session);
    putBack = back;
    var query = new URLSearchParams(extra || {});
    query.set("starts_on", date);
    fetch(address + "?" + query, { headers: { "HX-Request": "true" } })
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.text();
      })
      .then(function (words) {
        dialog.innerHTML = words;
        dialog.showModal();
        var heading = dialog.querySelector("h2");
        if (heading) heading.focus();
      })
      .catch(function () {
        window.location.assign(address + "?" + query);
      });
  }

  dialog.addEventListener("click", function (event) {
    if (!event.target.closest("[data-put-back], .form-actions a")) return;
    event.preventDefault();
    close();
  });
  dialog.addEventListener("close", function () {
    if (putBack) putBack();
    putBack = null;
  });

  window.hrplanEditor = { blocked: blocked, judged: judged, day: day, ask: ask };

  // The month: list items are carried from day to day, and in from what has no date.
  var held = null;

  function carriable(event) {
    return event.target.closest && event.target.closest("[data-drag], [data-place]");
  }

  function mark(found) {
    document.querySelectorAll("td[data-day]").forEach(function (cell) {
      cell.classList.remove("is-closed", "is-crowded");
      if (!held || !found) return;
      var state = judged(found, day(cell.dataset.day, held.offset));
      if (state) cell.classList.add("is-" + state);
    });
  }

  function ready() {
    document.querySelectorAll("[data-drag], [data-place]").forEach(function (item) {
      item.draggable = true;
      item.querySelectorAll("a").forEach(function (link) {
        link.draggable = false;
      });
    });
    var hint = document.querySelector("[data-drag-hint]");
    if (hint) hint.hidden = !document.querySelector("[data-drag], [data-timeline]");
  }

  document.addEventListener("pointerover", function (event) {
    var item = carriable(event);
    if (item && event.pointerType === "mouse") blocked(item.dataset.drag || item.dataset.place, "place" in item.dataset);
  });
  document.addEventListener("dragstart", function (event) {
    var item = carriable(event);
    if (!item) return;
    var cell = item.closest("td[data-day]");
    var from = cell ? Date.parse(item.dataset.first) - Date.parse(cell.dataset.day) : 0;
    held = { session: item.dataset.drag || item.dataset.place, isNew: !cell, offset: Math.round(from / 86400000), cell: cell };
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.textContent.trim());
    blocked(held.session, held.isNew).then(mark);
  });
  document.addEventListener("dragover", function (event) {
    var cell = held && event.target.closest && event.target.closest("td[data-day]");
    if (cell && cell !== held.cell) event.preventDefault();
  });
  document.addEventListener("drop", function (event) {
    var cell = held && event.target.closest && event.target.closest("td[data-day]");
    if (!cell) return;
    event.preventDefault();
    ask(held.session, day(cell.dataset.day, held.offset), null, null, held.isNew);
  });
  document.addEventListener("dragend", function () {
    held = null;
    mark(null);
  });
  document.addEventListener("htmx:afterSwap", ready);
  ready();
})();
