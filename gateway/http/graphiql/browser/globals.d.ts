declare module '*.css';

/** Hook by which Monaco creates its workers. */
declare var MonacoEnvironment: { getWorker(id: string, label: string): Worker };
