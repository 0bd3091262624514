import type { PictureName } from './by_fact'
import { arrow, spine } from './spine'
import {
  balloon,
  balloonNeedle,
  cementInCracks,
  cementInSpace,
  cementNeedle,
  emptyBalloonNeedle,
  emptySpace,
  needle,
  plaster,
} from './tools'

/** The share of the collapse that is left when the balloon has lifted the bone a little. */
const LIFTED = 0.4

type Step = () => SVGElement[]

/** The steps of each drawing, in the order of the texts in strings.en.json. */
export const DRAWINGS: Readonly<Record<PictureName, readonly Step[]>> = {
  fracture: [() => spine(0), () => spine(1, arrow(30, 46, 90, 34))],
  vertebroplasty: [
    () => spine(1, needle()),
    () => spine(1, cementInCracks(), cementNeedle(), arrow(248, 78, 162.4, 36)),
    () => spine(1, cementInCracks(), plaster()),
  ],
  kyphoplasty: [
    () => spine(1, needle()),
    () => spine(LIFTED, balloonNeedle(), balloon(), arrow(26, 108, -90, 34)),
    () => spine(LIFTED, emptySpace(), emptyBalloonNeedle(), arrow(212, 88, -17.6, 36)),
    () => spine(LIFTED, cementInSpace(), cementNeedle(), arrow(248, 78, 162.4, 36)),
  ],
}
