import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** Whether a disk of 2 MB in memory can be had; only the system's owner may. */
export const canMountSmallDisk = ((): boolean => {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=2m', 'none', tmpdir()], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export const mountSmallDisk = (folder: string): void =>
  void execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', folder]);
export const unmountSmallDisk = (folder: string): void => void execFileSync('umount', [folder]);
