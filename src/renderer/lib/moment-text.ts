/** A moment by the machine's own clock, alike in every language: `2026-03-01 10:05`. For what is printed or saved. */
export function momentText(at: string | number | Date): string {
  const date = new Date(at)
  return `${dayText(date)} ${timeText(date)}`
}

/** For the screen: `10:05` today, day and time of another day. */
export function recentText(at: string | number | Date, now: Date = new Date()): string {
  const date = new Date(at)
  return dayText(date) === dayText(now) ? timeText(date) : momentText(date)
}

/** `10:05:09`, for an axis of one day. */
export function clockText(at: string | number | Date): string {
  const date = new Date(at)
  return `${timeText(date)}:${twoDigits(date.getSeconds())}`
}

/** `03-01 10:05`, for an axis of several days. */
export function dayClockText(at: string | number | Date): string {
  return momentText(at).slice(5)
}

function dayText(date: Date): string {
  return [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-')
}

function timeText(date: Date): string {
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
