/**
 * Which drawing belongs to which fact, by the ids of facts/topics/*.yml. A fact that
 * is not named here is told without a drawing; a test fails on an id that is gone.
 */
export type PictureName = 'fracture' | 'vertebroplasty' | 'kyphoplasty'

const FACTS: Readonly<Record<PictureName, readonly string[]>> = {
  fracture: [
    'fracture_definition',
    'vcf_abbreviation',
    'vertebra_meaning',
    'vertebral_body_meaning',
    'osteoporosis_leads_to_fracture',
    'kyphosis_from_fracture',
    'height_loss_from_fracture',
  ],
  vertebroplasty: [
    'vertebroplasty_definition',
    'both_procedures_definition',
    'difference_overview',
    'difference_balloon',
    'steps_vertebroplasty',
    'steps_side_by_side',
    'balloon_none_in_vertebroplasty',
    'cement_place',
    'cement_injection_vertebroplasty',
    'cement_injection_compared',
    'cement_function_vertebroplasty',
  ],
  kyphoplasty: [
    'kyphoplasty_definition',
    'balloon_kyphoplasty_name',
    'both_procedures_definition',
    'difference_overview',
    'difference_balloon',
    'steps_kyphoplasty',
    'steps_side_by_side',
    'balloon_purpose',
    'balloon_removed',
    'balloon_and_cement',
    'balloon_insertion',
    'height_how_it_comes_back',
    'cement_place',
    'cement_injection_kyphoplasty',
    'cement_injection_compared',
    'cement_function_kyphoplasty',
  ],
}

/** The drawings for the facts of one reply, each once. */
export function pictureNames(factIds: readonly string[]): PictureName[] {
  return (Object.keys(FACTS) as PictureName[]).filter((name) =>
    factIds.some((id) => FACTS[name].includes(id)),
  )
}
