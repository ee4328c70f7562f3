import { open } from 'node:fs/promises';

/** Makes the names in a folder durable: a new file outlives a power cut only when its folder was synced too. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and keeps names durable by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
