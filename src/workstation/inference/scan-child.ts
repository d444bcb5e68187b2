import { readFile } from 'node:fs/promises'
import { answerParent } from './answer-parent.ts'
import { scanOnnx } from './packages/scan-onnx.ts'
import { ScanRequest, type ScanReply } from './scan-reply.ts'

// The entry of a child that reads what an ONNX file says of itself: the file may be large, or made to exhaust its reader.
answerParent(ScanRequest, async ({ path, name }): Promise<ScanReply> => {
  const scanned = scanOnnx(await readFile(path), name)
  return scanned.ok ? { kind: 'scanned' } : { kind: 'objected', fault: scanned.fault }
})
