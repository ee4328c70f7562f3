// Bars as SVG, with a table of the same numbers for who does not see them; and a place for a number that is not given.

/** @param series  `[{ name, colour, values: [number or null] }]`, one value for each label */
export function drawBars(title, labels, series) {
  const most = Math.max(1, ...series.flatMap(({ values }) => values.filter((value) => value !== null)));
  const height = 18;
  const rows = labels.flatMap((label, at) => series.map((one, nth) => ({ label: nth === 0 ? label : '', at, one })));
  const bars = rows.map(({ label, at, one }, row) => {
    const y = row * (height + 6);
    const value = one.values[at];
    const width = value === null ? 0 : (value / most) * 300;
    return `<text x="0" y="${y + 14}">${escape(label)}</text>
      <rect x="90" y="${y}" width="${width}" height="${height}" fill="${one.colour}"></rect>
      <text x="${96 + width}" y="${y + 14}">${value ?? '—'}</text>`;
  });
  const legend = series.map(({ name, colour }) => `<li style="--colour: ${colour}">${escape(name)}</li>`).join('');
  const cells = labels.map(
    (label, at) =>
      `<tr><th scope="row">${escape(label)}</th>${series.map(({ values }) => `<td>${values[at] ?? '—'}</td>`).join('')}</tr>`,
  );
  return `<section class="chart"><h2>${escape(title)}</h2><ul class="legend">${legend}</ul>
    <svg viewBox="0 0 460 ${rows.length * (height + 6)}" aria-hidden="true">${bars.join('')}</svg>
    <details><summary>表格 / Table</summary><table>
      <thead><tr><th></th>${series.map(({ name }) => `<th scope="col">${escape(name)}</th>`).join('')}</tr></thead>
      <tbody>${cells.join('')}</tbody></table></details></section>`;
}

/** A number that was not given says so, with the reason, its code and the way on. Never draw a refused number as zero: zero is
 *  an answer. */
export function drawRefusal(title, { message, extensions: { code, provider, basis = [], item } }, hub) {
  const apply = new URL('/portal/applications/new', hub);
  apply.searchParams.set('item', item);
  return `<section class="chart refused" role="note"><h2>${escape(title)}</h2>
    <p><strong>不予提供 / Not given</strong></p>
    <p>${escape(message)}</p>
    <p><code>${escape(code)}</code> · ${escape(provider ?? '')}${basis.length > 0 ? ` · ${escape(basis.join('；'))}` : ''}</p>
    <p><a href="${escape(apply.href)}">申请使用 / Apply</a></p></section>`;
}

const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
