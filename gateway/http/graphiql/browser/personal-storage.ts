const OWNER = 'sharehub:person';
const SCENARIO = 'sharehub:scenario';
/** Between the tabs of one browser. */
const channel = new BroadcastChannel('sharehub');

/** What one person types, kept in one tab until they sign out: queries, variables, history, the chosen purpose. Whoever
 *  signs in next in this browser finds none of it. */
export class PersonalStorage {
  private closed = false;

  private constructor(private readonly store: Storage) {}

  /** @param subject  the signed-in person, as their provider names them */
  static open(subject: string): PersonalStorage {
    // Earlier versions of this page kept it for every tab, and for whoever came next.
    for (const key of Object.keys(localStorage)) if (key.startsWith('graphiql')) localStorage.removeItem(key);
    if (sessionStorage.getItem(OWNER) !== subject) sessionStorage.clear();
    sessionStorage.setItem(OWNER, subject);
    const storage = new PersonalStorage(sessionStorage);
    channel.postMessage({ person: subject });
    channel.addEventListener('message', ({ data }: MessageEvent<{ readonly person: string }>) => {
      if (data.person !== subject) storage.leave();
    });
    return storage;
  }

  get length(): number {
    return this.store.length;
  }

  getItem(key: string): string | null {
    return this.store.getItem(key);
  }

  /** The editor writes a moment after each key, so also after signing out. */
  setItem(key: string, value: string): void {
    if (!this.closed) this.store.setItem(key, value);
  }

  removeItem(key: string): void {
    this.store.removeItem(key);
  }

  clear(): void {
    this.store.clear();
  }

  /** Scenario that was chosen as purpose; empty until one is. */
  get scenario(): string {
    return this.getItem(SCENARIO) ?? '';
  }

  set scenario(code: string) {
    this.setItem(SCENARIO, code);
  }

  /** Forgets everything, here and in the person's other tabs. */
  signOut(): void {
    this.forget();
    channel.postMessage({ person: '' });
  }

  private leave(): void {
    this.forget();
    location.assign('/graphiql');
  }

  private forget(): void {
    this.closed = true;
    this.store.clear();
  }
}
