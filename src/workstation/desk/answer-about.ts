import type { ParfocalApi } from '#contract/index.ts'
import { ok } from '#core/fault.ts'
import { applicationVersion } from '../application.ts'
import type { Workstation } from '../workstation.ts'
import type { DeskHost } from './desk.ts'

/** Answers what this program is and runs on. */
export function aboutAnswers(
  { store, agents }: Pick<Workstation, 'store' | 'agents'>,
  { kind, electron, chrome, chooseFolder }: DeskHost,
): Pick<ParfocalApi, 'about.read'> {
  return {
    'about.read': async () =>
      ok({
        version: applicationVersion(),
        node: process.versions.node,
        electron,
        chrome,
        host: kind,
        store: store.folder,
        osUser: agents.osUser,
        choosesFolders: chooseFolder !== null,
      }),
  }
}
