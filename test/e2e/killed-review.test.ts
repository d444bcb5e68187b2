import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { verifyStore } from '#workstation/record/verify-store.ts'
import { openStore, openStoreReader } from '#workstation/store/open-store.ts'
import { temporaryFolder } from '../support/stores.ts'
import { valueOf } from '../support/value-of.ts'

const REVIEWER = fileURLToPath(new URL('../support/decide-until-killed.ts', import.meta.url))

interface Reply {
  readonly decisionId: number
  readonly word: string
  readonly withdrawn: boolean
}

/** Replies of a reviewing process until the one after which it is killed at once. */
async function repliesUntilKilled(store: string, after: number): Promise<readonly Reply[]> {
  const child = spawn(process.execPath, [REVIEWER, store], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const replies: Reply[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    replies.push(JSON.parse(line) as Reply)
    if (replies.length === after) child.kill('SIGKILL')
  }
  await closed
  return replies
}

test.each([1, 7, 23])(
  'a process that is killed right after its reply %i has kept every decision that it replied to',
  { timeout: 60_000 },
  async after => {
    const store = temporaryFolder()
    const replies = await repliesUntilKilled(store, after)
    expect(replies.length).toBeGreaterThanOrEqual(after)
    // Opening for writing brings back what only the write-ahead log has.
    const opened = valueOf(openStore(store))
    const kept = opened.db
      .prepare<[], Reply>(
        `SELECT decision.id AS decisionId, word, withdrawal.id IS NOT NULL AS withdrawn
         FROM decision LEFT JOIN withdrawal ON withdrawal.decisionId = decision.id ORDER BY 1`,
      )
      .all()
      .map(row => ({ ...row, withdrawn: Boolean(row.withdrawn) }))
    opened.close()
    expect(kept.slice(0, replies.length)).toEqual(replies)
    const reader = valueOf(openStoreReader(store))
    expect(await verifyStore(reader)).toMatchObject({
      ok: true,
      checked: { decisions: expect.toSatisfy(count => count >= replies.length) },
    })
    reader.close()
  },
)
