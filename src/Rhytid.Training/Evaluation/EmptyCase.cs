namespace Rhytid.Training.Evaluation;

/// <summary>What becomes of photos on which nobody drew a wrinkle.</summary>
public enum EmptyCase
{
    /// <summary>They are not scored at all: an empty mask may mean smooth skin or no annotation.</summary>
    LeaveOut = 0,

    /// <summary>They are scored; where the prediction is empty too, JSI and F1 are 1.</summary>
    One = 1,

    /// <summary>
    /// They are scored; where the prediction is empty too, JSI and F1 are left out of the mean over photos.
    /// </summary>
    Skip = 2,

    /// <summary>They are scored; where the prediction is empty too, JSI and F1 are 0.</summary>
    Zero = 3,
}
