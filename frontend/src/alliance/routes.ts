// The alliance's screens, under AllianceLayout at /a. Only what has a real screen stands here.
import type { RouteRecordRaw } from 'vue-router'

export const allianceRoutes: RouteRecordRaw[] = []
