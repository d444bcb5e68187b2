import { statfsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'

/** Magic numbers of network and shared file systems, from linux/magic.h and statfs(2). */
const NETWORK_FILE_SYSTEMS = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB2'],
  [0xff534d42, 'CIFS'],
  [0x5346414f, 'AFS'],
  [0x01021997, '9P'],
  [0x65735546, 'FUSE'], // sshfs, s3fs
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x19830326, 'BeeGFS'],
  [0x786f4256, 'VirtualBox'],
])

/**
 * The network file system that a folder is on; null for a local one.
 *
 * Mapped drives of Windows cannot be told from local ones.
 * @throws what statfs throws where the folder cannot be reached
 */
export function networkFileSystem(folder: string): string | null {
  if (process.platform !== 'linux') return shareByName(folder)
  return NETWORK_FILE_SYSTEMS.get(statfsSync(folder).type >>> 0) ?? null
}

/** The same without waiting, as a share may take long to answer. */
export async function networkFileSystemOf(folder: string): Promise<string | null> {
  if (process.platform !== 'linux') return shareByName(folder)
  return NETWORK_FILE_SYSTEMS.get((await statfs(folder)).type >>> 0) ?? null
}

function shareByName(folder: string): string | null {
  return process.platform === 'win32' && folder.startsWith('\\\\') ? 'a network share' : null
}
