export { MistakeNotice } from './mistake-notice.tsx'
export { createMistakesStore, type MistakesStore } from './mistakes-store.ts'
