namespace Microsoft.ML;

/// <summary>Marks classes that load themselves from a <see cref="ModelLoadContext"/>.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);
