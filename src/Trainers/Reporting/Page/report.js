(function () {
  'use strict';
  var tip = document.createElement('div');
  tip.id = 'tip';
  tip.hidden = true;
  document.body.appendChild(tip);
  function place(event) {
    var gap = 14, box = tip.getBoundingClientRect();
    var left = event.clientX + gap, top = event.clientY + gap;
    if (left + box.width > innerWidth - 6) left = Math.max(6, event.clientX - gap - box.width);
    if (top + box.height > innerHeight - 6) top = Math.max(6, event.clientY - gap - box.height);
    tip.style.left = left + 'px';
    tip.style.top = top + 'px';
  }
  function show(event) {
    var about = event.target.closest ? event.target.closest('[data-tip]') : null;
    tip.hidden = !about;
    if (about) {
      tip.textContent = about.getAttribute('data-tip');
      place(event);
    }
  }
  document.addEventListener('pointerover', show);
  document.addEventListener('pointerdown', show);
  document.addEventListener('pointermove', function (event) { if (!tip.hidden) place(event); });
  document.addEventListener('scroll', function () { tip.hidden = true; }, { passive: true });
  document.querySelectorAll('.code').forEach(function (code) {
    if (!navigator.clipboard) return;
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(code.querySelector('pre').textContent).then(function () { button.textContent = 'Copied'; }, function () { button.remove(); });
    });
    code.appendChild(button);
  });
})();
