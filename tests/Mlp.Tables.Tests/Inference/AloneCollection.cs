namespace Mlp.Tables.Tests.Inference;

/// <summary>What a method allocates depends on how far it is compiled, which other tests delay: these run when they are done.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class AloneCollection;
