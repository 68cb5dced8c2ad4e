/** What a person's browser is shown: the reference of the API, and the page of the demo. Files only, made ready at the start. */
package io.schap.gateway.web;
