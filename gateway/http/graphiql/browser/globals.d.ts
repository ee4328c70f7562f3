declare module '*.css';

/** How Monaco gets its workers. */
declare var MonacoEnvironment: { getWorker(id: string, label: string): Worker };
