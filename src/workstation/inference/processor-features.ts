import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Instruction sets by which ONNX Runtime chooses its kernels, and so the order of sums (`core/mlas`). */
const CHOOSING: ReadonlySet<string> = new Set([
  ...['sse4_1', 'avx', 'avx2', 'fma', 'f16c', 'avx_vnni', 'avx_vnni_int8', 'avx_ne_convert'],
  ...['avx512f', 'avx512bw', 'avx512dq', 'avx512vl', 'avx512_vnni', 'avx512_bf16', 'avx512_fp16'],
  ...['amx_tile', 'amx_int8', 'amx_bf16'],
  ...['asimd', 'asimdhp', 'asimddp', 'i8mm', 'bf16', 'sve', 'sve2', 'sme', 'sme2'],
])

/** Instruction sets of this processor that can change bits, sorted; null on Windows, which does not list them. */
export function processorFeatures(
  platform: NodeJS.Platform = process.platform,
): readonly string[] | null {
  if (platform === 'linux') return featuresIn(readFileSync('/proc/cpuinfo', 'utf8'))
  if (platform === 'darwin') {
    return featuresOfMac(execFileSync('sysctl', ['hw.optional'], { encoding: 'utf8' }))
  }
  return null
}

/** From `/proc/cpuinfo`: `flags` on x64, `Features` on arm64. */
export function featuresIn(text: string): readonly string[] {
  const line = /^(?:flags|Features)\s*:(.*)$/m.exec(text)?.[1] ?? ''
  return line
    .split(/\s+/)
    .filter(name => CHOOSING.has(name))
    .sort()
}

/** From `sysctl hw.optional`: `hw.optional.arm.FEAT_I8MM: 1`. */
export function featuresOfMac(text: string): readonly string[] {
  return [...text.matchAll(/^hw\.optional\.(?:arm\.)?(\S+): 1$/gm)].map(found => found[1]!).sort()
}
