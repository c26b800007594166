/** The viewer: one HTML file, which needs neither other files nor a server. */
export const VIEWER_PAGE: URL = new URL('./viewer.html', import.meta.url);
