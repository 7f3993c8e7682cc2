// What is wrong with a report in this window, a sentence each. Opens all details.
() => {
  const problems = [];
  const start = each => each.textContent.slice(0, 40);
  document.querySelectorAll('details').forEach(each => each.open = true);

  const pageWidth = document.documentElement.scrollWidth;
  if (pageWidth > innerWidth)
    problems.push(`the page is ${pageWidth} pixels wide on a screen of ${innerWidth}`);
  // A report has one, which its policy names by a hash: a browser runs no other.
  const policy = document.querySelector('meta[http-equiv=Content-Security-Policy]')?.content ?? '';
  const isNamed = /script-src 'sha256-[A-Za-z0-9+/=]+'(;|$)/.test(policy) && !document.scripts[0]?.src;
  if (document.scripts.length > (isNamed ? 1 : 0))
    problems.push(`there are ${document.scripts.length} scripts`);
  for (const each of document.querySelectorAll('*'))
    for (const attribute of each.attributes)
      if (/^on/i.test(attribute.name) || /^\s*javascript:/i.test(attribute.value))
        problems.push(`${each.tagName} has the attribute ${attribute.name}`);

  for (const each of document.querySelectorAll('h1,h2,h3,p,li,dt,dd,figcaption,summary,th,td,a')) {
    const box = each.getBoundingClientRect();
    if (box.right > innerWidth + 1 && !each.closest('.scroll'))
      problems.push(`'${start(each)}' ends at ${Math.round(box.right)} of ${innerWidth}`);
    if (each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0 && getComputedStyle(each).overflow !== 'visible')
      problems.push(`'${start(each)}' is cut off`);
  }

  for (const svg of document.querySelectorAll('svg.chart')) {
    const frame = svg.getBoundingClientRect(), title = svg.querySelector('title').textContent;
    const texts = [...svg.querySelectorAll('text')]
      .map(each => ({ text: each.textContent, box: each.getBoundingClientRect() }))
      .filter(each => each.box.width > 0);
    for (const { text, box } of texts) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
        problems.push(`'${text}' leaves the drawing '${title}'`);
      if (box.height < 9)
        problems.push(`'${text}' in '${title}' is only ${box.height.toFixed(1)} pixels high`);
    }
    for (let i = 0; i < texts.length; i++)
      for (let j = i + 1; j < texts.length; j++) {
        const a = texts[i].box, b = texts[j].box;
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // The boxes of texts are higher than their letters; neighbours may touch.
        if (width > 1 && height > 0.3 * Math.min(a.height, b.height))
          problems.push(`'${texts[i].text}' and '${texts[j].text}' overlap in '${title}'`);
      }
  }

  const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map(each => +each.tagName[1]);
  levels.forEach((level, index) => {
    if (index && level > levels[index - 1] + 1)
      problems.push(`a heading of level ${level} follows one of level ${levels[index - 1]}`);
  });
  const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
  ids.filter((id, index) => ids.indexOf(id) !== index).forEach(id => problems.push(`the id '${id}' is there twice`));
  document.querySelectorAll('[aria-labelledby]').forEach(each => each.getAttribute('aria-labelledby').split(' ').forEach(id => {
    if (!document.getElementById(id))
      problems.push(`there is no '${id}'`);
  }));
  document.querySelectorAll('a[href^="#"]').forEach(each => {
    if (!document.getElementById(each.getAttribute('href').slice(1)))
      problems.push(`the link '${each.textContent}' leads nowhere`);
  });
  return problems;
}
