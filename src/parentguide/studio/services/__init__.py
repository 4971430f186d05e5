"""What Studio's routes share: files, builds, previews, and forms that do not know HTTP."""
