export { AboutLine } from './about-line.tsx'
export { createAboutStore, type AboutStore } from './about-store.ts'
