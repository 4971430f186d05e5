"""What a school says about itself: its file, a trust's spreadsheet, logo and accent colour."""
