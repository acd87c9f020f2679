'use strict';
/* Follows a self-test that is under way. Without this the page loads itself anew every few seconds. */
(() => {
  const run = document.querySelector('[data-progress]');
  if (!run) {
    return;
  }
  const status = run.querySelector('[role=status]');

  const show = progress => {
    for (const step of progress.steps) {
      const row = document.getElementById('step-' + step.code);
      const verdict = row.querySelector('.verdict');
      if (step.verdict !== 'none' && verdict.classList.contains('none')) {
        verdict.className = 'verdict ' + step.verdict;
        verdict.textContent = step.text;
        row.querySelector('.duration').textContent = step.duration;
        row.querySelector('.seen').textContent = step.seen;
      }
    }
    status.querySelector('progress').value = progress.done;
    status.querySelector('.done').textContent = progress.done;
  };

  const leave = () => location.replace(location.pathname);

  const look = async () => {
    const answer = await fetch(run.dataset.progress, {credentials: 'same-origin', redirect: 'error'});
    const progress = await answer.json();
    if (!progress.running) {
      leave();
      return;
    }
    show(progress);
    setTimeout(follow, 500);
  };

  const follow = () => look().catch(() => setTimeout(leave, 3000));
  follow();
})();
