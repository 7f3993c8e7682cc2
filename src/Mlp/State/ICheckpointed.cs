namespace Mlp.State;

/// <summary>A piece of a training whose state a checkpoint holds.</summary>
internal interface ICheckpointed
{
    /// <summary>
    /// Hands over every field that later steps depend on, always in the same order. The same call saves the state or replaces it by a saved
    /// one, so that the two cannot differ. What settings, network and rows determine is not state.
    /// </summary>
    void Exchange(StateExchange state);
}
