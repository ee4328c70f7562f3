import { useState } from 'react';
import type { PersonalStorage } from './personal-storage.js';
import type { Session } from './session.js';
import { words } from './words.js';

/** Bar above the editor with the signed-in person and the purpose. */
export function SessionBar({ session, storage }: { session: Session; storage: PersonalStorage }) {
  const { person, department, scenarios } = session;
  // A purpose is named by the person, never by the page.
  const known = scenarios.some(({ code }) => code === storage.scenario);
  const [scenario, setScenario] = useState(known ? storage.scenario : '');
  const choose = (code: string) => {
    storage.scenario = code;
    setScenario(code);
  };
  return (
    <header className="session-bar">
      <a href="/portal">ShareHub</a>
      <label>
        {words.scenario}{' '}
        <select onChange={(event) => choose(event.target.value)} value={scenario}>
          <option value="">{words.none}</option>
          {scenarios.map(({ code, name, purpose }) => (
            <option key={code} value={code} title={purpose}>
              {name} ({code})
            </option>
          ))}
        </select>
      </label>
      <span className="session-bar-person">
        {person}, {department?.name ?? words.notRegistered}
      </span>
      <form method="post" action="/session/sign-out" onSubmit={() => storage.signOut()}>
        <button>{words.signOut}</button>
      </form>
    </header>
  );
}
