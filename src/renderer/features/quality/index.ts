export { createQualityStore, type QualityStore } from './quality-store.ts'
export { QualityView } from './quality-view.tsx'
