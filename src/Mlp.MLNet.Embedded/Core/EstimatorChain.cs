using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Estimators of which each is fitted to what the ones before it made of the data.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    public readonly IEstimator<TLastTransformer> LastEstimator;
    private readonly IHost? _host;
    private readonly EstimatorLink[] _links;

    public EstimatorChain()
        : this(null, [])
    {
    }

    private EstimatorChain(IHost? host, EstimatorLink[] links)
    {
        _host = host;
        _links = links;
        LastEstimator = (links.LastOrDefault().Estimator as IEstimator<TLastTransformer>)!;
    }

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        // A wrong column late in the chain is found before anything is trained.
        GetOutputSchema(SchemaShape.Create(input.Schema));
        IDataView data = input;
        var transformers = new List<ITransformer>();
        foreach (EstimatorLink link in _links)
        {
            ITransformer transformer = link.Estimator.Fit(data);
            transformers.Add(transformer);
            data = transformer.Transform(data);

            // Nobody reads the rows after the last one.
            if (link.IsCached && transformers.Count < _links.Length)
                data = new CacheDataView(_host!, data, []);
        }

        return new TransformerChain<TLastTransformer>(transformers, _links.Select(link => link.Scope));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => _links.Aggregate(inputSchema, (schema, link) => link.Estimator.GetOutputSchema(schema));

    public EstimatorChain<TNewTrans> Append<TNewTrans>(
        IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TNewTrans : class, ITransformer
    {
        Contracts.CheckValue(estimator, nameof(estimator));

        // Registered anew per link because ML.NET does, and registering draws from the context's random numbers.
        return new EstimatorChain<TNewTrans>(
            _host?.Register(nameof(EstimatorChain<>)), [.. _links, new(estimator, scope, false)]);
    }

    /// <summary>What comes after this point reads the rows from memory, computed once.</summary>
    public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(IHostEnvironment env)
    {
        Contracts.CheckValue(env, nameof(env));
        if (_links.Length == 0)
            throw new InvalidOperationException("Current estimator chain has no estimator, can't append cache checkpoint.");
        if (_links[^1].IsCached)
            return this;
        return new EstimatorChain<TLastTransformer>(env.Register(nameof(EstimatorChain<>)), [.. _links[..^1], _links[^1] with { IsCached = true }]);
    }
}
