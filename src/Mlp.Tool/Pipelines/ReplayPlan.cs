using Mlp.MLNet;

namespace Mlp.Tool.Pipelines;

/// <summary>What a model is to keep of its training.</summary>
/// <param name="RowCount">Rows at most.</param>
/// <param name="Place">Where.</param>
internal sealed record ReplayPlan(int RowCount, MlpReplayPlace Place);
