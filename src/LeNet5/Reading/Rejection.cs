namespace LeNet5;

/// <summary>Why a picture was not read as a digit.</summary>
public enum Rejection
{
    /// <summary>It was read.</summary>
    None,

    /// <summary>Nothing is there: the class of the blank won.</summary>
    Blank,

    /// <summary>Something is there that is no digit: "no character at all" is more probable than every class (equation 9).</summary>
    NotADigit,
}
