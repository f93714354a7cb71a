// Sets the colours before anything is drawn: the reader's choice, else what the system says.
(function () {
  "use strict";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  function choice() {
    try {
      return localStorage.getItem("hrplan-theme") || "auto";
    } catch (refused) {
      return "auto";
    }
  }
  function apply() {
    var wanted = choice();
    root.setAttribute("data-bs-theme", wanted === "auto" ? (system.matches ? "dark" : "light") : wanted);
    root.setAttribute("data-theme-choice", wanted);
  }
  system.addEventListener("change", apply);
  window.hrplanTheme = {
    choice: choice,
    choose: function (wanted) {
      try {
        localStorage.setItem("hrplan-theme", wanted);
      } catch (refused) {
        root.setAttribute("data-bs-theme", wanted);
      }
      apply();
    },
  };
  apply();
})();
