export { createPlateStore, type PlateStore } from './plate-store.ts'
export { PlateView } from './plate-view.tsx'
