/** Countries, their currencies, and what a shop of the browser's country would have. */

/** ISO 3166 and ISO 4217, grouped by currency. */
const COUNTRIES_BY_CURRENCY =
  'AED:AE AFN:AF ALL:AL AMD:AM AOA:AO ARS:AR AUD:AU,CC,CX,KI,HM,NF,NR,TV AWG:AW AZN:AZ BAM:BA BBD:BB BDT:BD BHD:BH ' +
  'BIF:BI BMD:BM BND:BN BOB:BO BRL:BR BSD:BS BTN:BT BWP:BW BYN:BY BZD:BZ CAD:CA CDF:CD CHF:CH,LI CLP:CL CNY:CN COP:CO ' +
  'CRC:CR CUP:CU CVE:CV CZK:CZ DJF:DJ DKK:DK,FO,GL DOP:DO DZD:DZ EGP:EG ERN:ER ETB:ET ' +
  'EUR:AD,AT,AX,BE,BG,BL,CY,DE,EE,ES,FI,FR,GF,GP,GR,HR,IE,IT,LT,LU,LV,MC,ME,MF,MQ,MT,NL,PM,PT,RE,SI,SK,SM,TF,VA,XK,YT ' +
  'FJD:FJ FKP:FK GBP:GB,GG,GS,IM,JE GEL:GE GHS:GH GIP:GI GMD:GM GNF:GN GTQ:GT GYD:GY HKD:HK HNL:HN HTG:HT HUF:HU IDR:ID ' +
  'ILS:IL,PS INR:IN IQD:IQ IRR:IR ISK:IS JMD:JM JOD:JO JPY:JP KES:KE KGS:KG KHR:KH KMF:KM KPW:KP KRW:KR KWD:KW KYD:KY ' +
  'KZT:KZ LAK:LA LBP:LB LKR:LK LRD:LR LSL:LS LYD:LY MAD:MA,EH MDL:MD MGA:MG MKD:MK MMK:MM MNT:MN MOP:MO MRU:MR MUR:MU ' +
  'MVR:MV MWK:MW MXN:MX MYR:MY MZN:MZ NAD:NA NGN:NG NIO:NI NOK:NO,BV,SJ NPR:NP NZD:NZ,CK,NU,PN,TK OMR:OM PAB:PA PEN:PE ' +
  'PGK:PG PHP:PH PKR:PK PLN:PL PYG:PY QAR:QA RON:RO RSD:RS RUB:RU RWF:RW SAR:SA SBD:SB SCR:SC SDG:SD SEK:SE SGD:SG SHP:SH ' +
  'SLE:SL SOS:SO SRD:SR SSP:SS STN:ST SYP:SY SZL:SZ THB:TH TJS:TJ TMT:TM TND:TN TOP:TO TRY:TR TTD:TT TWD:TW TZS:TZ UAH:UA ' +
  'UGX:UG USD:US,AS,BQ,EC,GU,IO,MH,MP,FM,PR,PW,SV,TC,TL,UM,VG,VI,ZW UYU:UY UZS:UZ VES:VE VND:VN VUV:VU WST:WS ' +
  'XAF:CM,CF,CG,GA,GQ,TD XCD:AG,AI,DM,GD,KN,LC,MS,VC XCG:CW,SX XOF:BF,BJ,CI,GW,ML,NE,SN,TG XPF:NC,PF,WF YER:YE ZAR:ZA ZMW:ZM';

const CURRENCY_OF: ReadonlyMap<string, string> = new Map(
  COUNTRIES_BY_CURRENCY.split(' ').flatMap((group) => {
    const [currency = '', countries = ''] = group.split(':');
    return countries.split(',').map((country): [string, string] => [country, currency]);
  }),
);

/** Codes such as `DE`. */
export const COUNTRIES: readonly string[] = [...CURRENCY_OF.keys()];
/** Codes such as `EUR`. */
export const CURRENCIES: readonly string[] = [...new Set(CURRENCY_OF.values())];

export interface Region {
  country: string;
  currency: string;
}

/** By the first of these languages that names a country, or else suggests one: `de-AT`, `de`. */
export function regionOf(languages: readonly string[]): Region {
  const locales = languages.flatMap(parseLocale);
  const countries = [...locales, ...locales.map((locale) => locale.maximize())].map(({ region }) => region);
  const country = countries.find((region) => region !== undefined && CURRENCY_OF.has(region)) ?? 'US';
  return { country, currency: currencyOf(country) ?? 'USD' };
}

/** Undefined for an unknown country. Takes `US:CA` too. */
export function currencyOf(country: string): string | undefined {
  return CURRENCY_OF.get(country.slice(0, 2));
}

function parseLocale(language: string): Intl.Locale[] {
  try {
    return [new Intl.Locale(language)];
  } catch {
    return [];
  }
}

/** Codes with their English names, by name. */
export function named(codes: readonly string[], type: 'currency' | 'region'): { code: string; name: string }[] {
  const names = new Intl.DisplayNames('en', { type });
  return codes
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}
