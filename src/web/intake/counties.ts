interface AreaOfCounties {
  readonly name: string;
  readonly countyFips: readonly string[];
  readonly counties: readonly { readonly fips: string; readonly name: string }[];
}

/** Each county once, under the name of the smallest area that holds it, as an offer would name it; with the county's own where that name holds several. */
export function countiesOf(areas: readonly AreaOfCounties[], several: (name: string, county: string) => string): { value: string; label: string }[] {
  const smallest = new Map<string, AreaOfCounties>();
  for (const area of areas) {
    for (const fips of area.countyFips) {
      const known = smallest.get(fips);
      if (!known || area.countyFips.length < known.countyFips.length) smallest.set(fips, area);
    }
  }
  const shared = (area: AreaOfCounties): boolean => [...smallest.values()].filter((each) => each === area).length > 1;
  return [...smallest]
    .map(([value, area]) => ({ value, label: shared(area) ? several(area.name, area.counties.find(({ fips }) => fips === value)?.name ?? value) : area.name }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}
