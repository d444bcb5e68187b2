export { createSettingsStore, type SettingsState, type SettingsStore } from './settings-store.ts'
export { SettingsView } from './settings-view.tsx'
