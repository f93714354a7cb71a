// The room's pages: a vote stays in the page until the server has it, is sent again after a lost
// connection and never counts twice; clocks run by themselves. Needs plain http only.
(function () {
  "use strict";
  var KEPT = "hrplan-vote";
  var LONGEST_WAIT = 15000;
  var pending = null;
  var wait = 1000;
  var sending = false;
  var client = uuid();
  var sequence = 0;

  function uuid() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
  }

  function keep(vote) {
    pending = vote;
    try {
      if (vote) localStorage.setItem(KEPT, JSON.stringify(vote));
      else localStorage.removeItem(KEPT);
    } catch (refused) {
      // the page itself still holds it
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEPT));
    } catch (refused) {
      return null;
    }
  }

  function show(id, shown) {
    var line = document.getElementById(id);
    if (line) line.hidden = !shown;
  }

  function send() {
    if (!pending || sending) return;
    var vote = pending;
    sending = true;
    fetch(vote.action, {
      method: "POST",
      body: new URLSearchParams(vote.fields),
      headers: { "X-Receipt": "yes" },
      credentials: "same-origin",
    })
      .then(function (response) {
        if (response.status >= 500 || response.redirected) throw new Error(String(response.status));
        wait = 1000;
        if (response.status === 403) return show("lost", true);
        return response.text().then(function (words) {
          if (pending === vote) keep(null);
          show("unsent", false);
          var receipt = document.getElementById("receipt");
          if (receipt) receipt.innerHTML = words;
        });
      })
      .catch(function () {
        show("unsent", true);
        setTimeout(send, wait);
        wait = Math.min(wait * 1.5, LONGEST_WAIT);
      })
      .finally(function () {
        sending = false;
        if (pending && pending !== vote) send();
      });
  }

  function take(form) {
    sequence += 1;
    form.elements.client.value = client;
    form.elements.sequence.value = sequence;
    if (!form.querySelector("input[name=answer]:checked")) return;
    keep({ action: form.action, fields: Array.from(new FormData(form)), round: form.elements.round.value });
    send();
  }

  // A page that was swapped in shows the answer that is still on its way, not an older one.
  function restore() {
    var form = document.querySelector("form[data-ballot]");
    if (!form) return;
    form.classList.add("live");
    if (!pending || pending.round !== form.elements.round.value) return;
    pending.fields.forEach(function (pair) {
      if (pair[0] !== "answer") return;
      var chosen = form.querySelector('input[name=answer][value="' + pair[1] + '"]');
      if (chosen) chosen.checked = true;
    });
    show("unsent", true);
  }

  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-ballot]");
    if (form) take(form);
  });
  document.addEventListener(
    "submit",
    function (event) {
      if (!event.target.matches("form[data-ballot]")) return;
      event.preventDefault();
      take(event.target);
    },
    true
  );
  window.addEventListener("beforeunload", function (event) {
    if (pending) event.preventDefault();
  });
  window.addEventListener("online", send);

  // In the grid of ballots the arrow keys and Enter move from cell to cell.
  var moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  document.addEventListener("keydown", function (event) {
    var move = moves[event.key];
    if (!move || !event.target.closest("table[data-keys] input")) return;
    event.preventDefault();
    var cell = event.target.closest("td");
    var row = cell.parentElement.rowIndex;
    var column = cell.cellIndex;
    var table = cell.closest("table");
    do {
      row += move[0];
      column += move[1];
      cell = table.rows[row] && table.rows[row].cells[column];
    } while (cell && !cell.querySelector("input"));
    if (cell) cell.querySelector("input").select();
  });

  // Clocks count down from what the server said when the page was drawn.
  var started = null;
  function runClock() {
    var clock = document.querySelector(".clock[data-seconds]");
    if (!clock) {
      started = null;
      return;
    }
    if (!started || started.clock !== clock) started = { clock: clock, at: performance.now() };
    var left = Math.max(0, Number(clock.dataset.seconds) - (performance.now() - started.at) / 1000);
    var whole = Math.ceil(left);
    var text = Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
    clock.querySelector("strong").textContent = text;
    clock.classList.toggle("over", whole === 0);
  }
  setInterval(runClock, 500);

  document.addEventListener("htmx:after:swap", function () {
    restore();
    runClock();
  });
  document.addEventListener("htmx:error", function () {
    show("offline", true);
  });
  document.addEventListener("htmx:after:request", function () {
    show("offline", false);
  });

  pending = kept();
  restore();
  runClock();
  send();
})();
