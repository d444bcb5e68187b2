export { ProgressLine } from './progress-line.tsx'
export { createProgressStore, type ProgressStore } from './progress-store.ts'
