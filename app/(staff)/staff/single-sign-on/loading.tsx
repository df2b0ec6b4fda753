export { default } from "#app/_parts/staff-loading.tsx";
