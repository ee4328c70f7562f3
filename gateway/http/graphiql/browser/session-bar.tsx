import type { Session } from './session.js';

/** Bar above the editor with the signed-in person and the purpose. */
export function SessionBar({ session, onScenario }: { session: Session; onScenario: (code: string) => void }) {
  const { person, department, scenarios } = session;
  return (
    <header className="session-bar">
      <strong>ShareHub</strong>
      <label>
        Scenario{' '}
        <select onChange={(event) => onScenario(event.target.value)} defaultValue={scenarios[0]?.code ?? ''}>
          {scenarios.map(({ code, name, purpose }) => (
            <option key={code} value={code} title={purpose}>
              {name} ({code})
            </option>
          ))}
          <option value="">none</option>
        </select>
      </label>
      <span className="session-bar-person">
        {person}, {department}
      </span>
      <form method="post" action="/graphiql/logout">
        <button>Sign out</button>
      </form>
    </header>
  );
}
