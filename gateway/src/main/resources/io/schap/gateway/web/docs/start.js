// Shows the reference of the server that serves this page, and asks nothing of any other host.
window.onload = () => {
  SwaggerUIBundle({
    url: "../openapi.yaml",
    dom_id: "#reference",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    validatorUrl: null
  });
};
