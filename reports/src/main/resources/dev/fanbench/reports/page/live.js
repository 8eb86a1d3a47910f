const main = document.querySelector('main');
const gone = document.getElementById('gone');
let failures = 0;
let shown = '';

async function look() {
  try {
    const answer = await fetch('state', { cache: 'no-store' });
    const text = await answer.text();
    if (text !== shown) {
      shown = text;
      main.innerHTML = text;
      document.title = 'fanbench: ' + main.querySelector('h1').textContent;
    }
    failures = 0;
    gone.hidden = true;
  } catch (refused) {
    failures++;
    gone.hidden = false;
  }
  const over = main.querySelector('[data-ended]') !== null || failures === 5;
  if (!over) {
    setTimeout(look, 1000);
  }
}

setTimeout(look, 1000);
