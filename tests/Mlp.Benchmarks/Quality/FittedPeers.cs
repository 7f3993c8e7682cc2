namespace Mlp.Benchmarks.Quality;

/// <summary>The trainers of other packages that are fitted in the same process and on the same rows as ours.</summary>
internal static class FittedPeers
{
    /// <summary>Fitted unless others are named.</summary>
    public static readonly IReadOnlyList<IContender> Trees = [new LightGbm(), new TunedLightGbm(), new FastTree()];

    private static readonly IReadOnlyList<IContender> All =
        [.. Trees, new TunedLightGbm { TakesTimeOfLast = true }, new Sdca(), new Lbfgs()];

    /// <exception cref="ArgumentException">There is no such peer.</exception>
    public static IContender Find(string name) =>
        All.FirstOrDefault(peer => peer.Name == name)
        ?? throw new ArgumentException($"There is no peer '{name}'. There are {string.Join(", ", All.Select(peer => peer.Name))}.");

    public static bool Has(string name) => All.Any(peer => peer.Name == name);
}
