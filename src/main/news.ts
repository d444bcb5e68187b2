import { nativeTheme, Notification } from 'electron'
import type { Told } from '#contract/define.ts'
import type { WatchedFolder } from '#contract/folders.ts'
import type { ParfocalEvents } from '#contract/index.ts'
import type { Settings } from '#contract/settings.ts'
import type { Desk } from '#workstation/desk/desk.ts'
import { alarmText, createPlateAlarm } from './plate-alarm.ts'
import { tell } from './tell.ts'
import { openTray } from './tray.ts'

/** What the operating system shows of the desk while nobody looks at the window. */
export interface News {
  /**
   * Whether Parfocal stays when its window is closed: while it watches a folder, as a plate on the stage must not lose
   * its judge by a stray click. The tray shows that it is there, and ends it.
   */
  staysWithoutWindow(): Promise<boolean>
  end(): void
}

interface NewsDeeds {
  readonly showWindow: () => void
  readonly quit: () => void
}

type Hearing = {
  readonly [Name in keyof ParfocalEvents]?: (told: Told<ParfocalEvents, Name>) => void
}

/** Follows the desk into the tray, the notifications and the theme. */
export async function followNews({ api, listen }: Desk, deeds: NewsDeeds): Promise<News> {
  const [plates, settings] = await Promise.all([api['plates.list'](), api['settings.read']()])
  const known = new Map((plates.ok ? plates.value : []).map(plate => [plate.plateId, plate]))
  let notify = settings.ok && settings.value.notify
  let saidToStay = false
  const alarm = createPlateAlarm([...known.values()])
  const review = (): void => {
    deeds.showWindow()
    tell('command.chosen', { command: 'review.show' })
  }
  const tray = openTray({ ...deeds, review })
  const applySettings = (settings: Settings): void => {
    notify = settings.notify
    nativeTheme.themeSource = settings.theme
  }
  if (settings.ok) applySettings(settings.value)
  tray.show([...known.values()])

  const hear: Hearing = {
    'settings.changed': applySettings,
    'plate.changed': ({ summary }) => {
      known.set(summary.plateId, summary)
      tray.show([...known.values()])
      if (alarm(summary) && notify) notifyOf(alarmText(summary), review)
    },
  }
  const stop = listen((name, told) => hear[name]?.(told))

  return {
    async staysWithoutWindow() {
      const folders = await api['folders.list']()
      const stays = folders.ok && folders.value.some(isWatching)
      if (stays && !saidToStay) {
        saidToStay = true
        const title = 'Parfocal goes on watching'
        notifyOf({ title, body: 'Its icon opens the window again, or ends it.' }, deeds.showWindow)
      }
      return stays
    },
    end() {
      stop()
      tray.close()
    },
  }
}

/** The simulated plate is for looking at: it does not keep Parfocal open. */
function isWatching({ state, simulated }: WatchedFolder): boolean {
  return !simulated && state !== 'failed'
}

function notifyOf(
  text: { readonly title: string; readonly body: string },
  onClick: () => void,
): void {
  if (!Notification.isSupported()) return
  const notification = new Notification(text)
  notification.on('click', onClick)
  notification.show()
}
