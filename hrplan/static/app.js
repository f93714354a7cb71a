// Small comforts; every page works without them.
(function () {
  "use strict";
  var order = ["auto", "light", "dark"];

  function nameSwitch(button) {
    var words = button.dataset[window.hrplanTheme.choice()];
    button.querySelector("span").textContent = words;
    button.title = words;
  }

  document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
    button.hidden = false;
    nameSwitch(button);
    button.addEventListener("click", function () {
      var next = (order.indexOf(window.hrplanTheme.choice()) + 1) % order.length;
      window.hrplanTheme.choose(order[next]);
      nameSwitch(button);
    });
  });

  // A menu closes on Escape and when the pointer or the focus goes elsewhere.
  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!except || !menu.contains(except)) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target);
  });
  document.addEventListener("focusin", function (event) {
    closeMenus(event.target);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details.menu[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // The summary of faults takes the focus, so that it is read first.
  var faults = document.querySelector(".error-summary");
  if (faults) {
    faults.tabIndex = -1;
    faults.focus();
  }

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
  });

  // Arrow keys move between the linked cells of a heat map.
  var steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  document.addEventListener("keydown", function (event) {
    var step = steps[event.key];
    var cell = step && event.target.closest && event.target.closest("table.heat td, table.heat th");
    if (!cell) return;
    var table = cell.closest("table");
    var row = cell.parentElement.rowIndex + step[0];
    var column = cell.cellIndex + step[1];
    while (table.rows[row] && table.rows[row].cells[column]) {
      var link = table.rows[row].cells[column].querySelector("a");
      if (link) {
        event.preventDefault();
        link.focus();
        return;
      }
      row += step[0];
      column += step[1];
    }
  });
})();
