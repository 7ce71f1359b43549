namespace Rhytid.Training.Recipes;

/// <summary>A recipe is not as it should be. The message names everything that is wrong with it, in one line.</summary>
public sealed class RecipeException : RhytidException
{
    /// <summary>With a message.</summary>
    public RecipeException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public RecipeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
