import { createHash } from 'node:crypto'
import { encodeNetwork } from '../../../../src/workstation/inference/encode-network.ts'
import { openSession } from '../../../../src/workstation/inference/session.ts'
import { smallUnet } from './small-unet.ts'

/** SHA-256 of all bits that the small network gives for one image, in a session of its own. */
export async function digestOutputs(threads: number, side = 128): Promise<string> {
  const session = await openSession({
    model: 'small',
    weights: encodeNetwork(smallUnet()),
    providers: ['cpu'],
    threads,
    deterministic: true,
  })
  if (!session.ok) throw new Error(JSON.stringify(session.fault))
  const data = Float32Array.from({ length: side * side }, (_, i) => Math.sin(i * 0.37))
  const outputs = await session.value.run({ x: { data, dims: [1, 1, side, side] } })
  await session.value.release()
  const hash = createHash('sha256')
  for (const name of ['y', 'features']) {
    const { buffer, byteOffset, byteLength } = outputs[name]!.data
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return hash.digest('hex')
}
