import { text } from "#app/_lib/text.ts";
import { securityTxt } from "#core/reports/security-txt.ts";

export const GET = text(securityTxt);
