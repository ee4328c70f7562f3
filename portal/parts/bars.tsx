/** Amounts beside each other: a list that reads as text, with a bar for each.
 *  @param props  `empty`: what is said where there are none; `note`: what stands behind an amount */
export function Bars({
  label,
  bars,
  empty,
}: {
  label: string;
  bars: readonly { readonly name: string; readonly value: number; readonly unit?: string; readonly note?: string }[];
  empty: string;
}) {
  if (bars.length === 0) return <p>{empty}</p>;
  const largest = Math.max(...bars.map(({ value, unit }) => (unit === '%' ? 100 : value)), 1);
  return (
    <ul className="bars" aria-label={label}>
      {bars.map(({ name, value, unit = '', note }) => (
        <li key={name}>
          <span className="bar-name">{name}</span>
          <span className="bar-track" aria-hidden="true">
            <svg width="100%" height="14" preserveAspectRatio="none" viewBox="0 0 100 14">
              <rect width={(100 * value) / largest} height="14" fill="#0958d9" />
            </svg>
          </span>
          <span className="bar-value">
            {value}
            {unit} {note}
          </span>
        </li>
      ))}
    </ul>
  );
}
