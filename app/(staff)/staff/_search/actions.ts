"use server";

import { action } from "#app/_lib/action.ts";
import { searchDesk } from "#core/search/search-desk.ts";

export const searchDeskAction = action(searchDesk, { as: "staff", show: (found) => found });
