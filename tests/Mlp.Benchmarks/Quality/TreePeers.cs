namespace Mlp.Benchmarks.Quality;

/// <summary>The trees of other packages that are fitted in the same process and on the same rows as ours.</summary>
internal static class TreePeers
{
    public static readonly IReadOnlyList<IContender> All = [new LightGbm(), new TunedLightGbm(), new FastTree()];

    /// <exception cref="ArgumentException">There is no such peer.</exception>
    public static IContender Find(string name) =>
        All.FirstOrDefault(peer => peer.Name == name)
        ?? throw new ArgumentException($"There is no peer '{name}'. There are {string.Join(", ", All.Select(peer => peer.Name))}.");

    public static bool Has(string name) => All.Any(peer => peer.Name == name);
}
